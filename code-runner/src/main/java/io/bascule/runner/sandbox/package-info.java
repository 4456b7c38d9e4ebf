/**
 * Processes that can harm nobody. A process started here sees its runtime's files, its own directory and one channel, and
 * cannot make a connection or another process. It is used for one job; when it is closed nothing of it is left.
 * docs/protocol/runner.md, "Confinement", says how.
 */
@NullMarked
@ApplicationModule(allowedDependencies = "cgroup")
package io.bascule.runner.sandbox;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
