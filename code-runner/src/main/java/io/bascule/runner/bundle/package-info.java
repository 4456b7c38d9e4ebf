/**
 * Bundles with their dependencies, as jobs read them. Nothing of a package is executed to install it: files are fetched from the
 * operator's registries, held against their hashes, counted while they are unpacked, and laid out where the runtimes look.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"sandbox"})
package io.bascule.runner.bundle;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
