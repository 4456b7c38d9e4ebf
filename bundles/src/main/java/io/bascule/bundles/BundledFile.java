package io.bascule.bundles;

/**
 * One file of a bundle, without its content.
 *
 * @param sha256 of its content, in lower-case hexadecimal
 */
public record BundledFile(String path, int bytes, String sha256) {}
