package io.bascule.runner.sandbox;

/**
 * What is in force for every process of a sandbox.
 *
 * @param level how strongly it is confined
 * @param landlockAbi the kernel's Landlock version; from 4 on TCP and from 6 on signals are refused by it as well
 * @param limits who keeps its memory and threads within their limits
 */
public record Confinement(SandboxLevel level, int landlockAbi, LimitKeeper limits) {}
