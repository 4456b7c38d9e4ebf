package io.bascule.api.keys;

/**
 * The key under which a workspace's secrets are sealed.
 *
 * @param generation grows with every new key of the workspace
 */
public record WorkspaceKey(int generation, SealingKey key) {}
