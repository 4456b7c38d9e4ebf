package io.bascule.runner.sandbox;

/**
 * What is in force for every process that a sandbox starts now.
 *
 * @param level how strongly it is confined
 * @param landlockAbi the kernel's Landlock version; from 4 on TCP and from 6 on signals are refused by it as well
 * @param limits who keeps its memory and threads within their limits
 */
public record Confinement(SandboxLevel level, int landlockAbi, LimitKeeper limits) {

    Confinement with(LimitKeeper keeper) {
        return new Confinement(level, landlockAbi, keeper);
    }
}
