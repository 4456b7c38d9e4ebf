/**
 * Running jobs. A runner has exactly N job spaces; a job takes one from before its process gets the function until the
 * process and all it made have gone. Limits are measured and enforced from outside the process, and what a process says
 * about itself is believed for its own result only.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"bundle", "cgroup", "egress", "sandbox"})
package io.bascule.runner.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
