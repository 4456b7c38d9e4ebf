/**
 * Control groups of the kernel: one for each process of a job, which can so neither use more memory nor have more threads than
 * it may, however fast it is. What is made here is removed here, also what a runner left that was killed.
 * docs/protocol/runner.md, "Control groups", says how they are laid out.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.bascule.runner.cgroup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
