/** The runner's gRPC endpoint: lets services in by their token, translates calls into jobs and their ends into answers. */
@NullMarked
@ApplicationModule(allowedDependencies = {"egress", "jobs", "resource", "sandbox"})
package io.bascule.runner.rpc;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
