/**
 * Requests that the runner makes for a job. A job's process can connect to nothing; it may ask for an HTTP exchange with a
 * host that its function's policy names. Names are resolved here, addresses of private networks are refused whatever they
 * are called, and every byte counts. A connection to a resource of the policy it may ask for too; others carry that.
 * docs/protocol/runner.md, "Egress", says how.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {"resource"})
package io.bascule.runner.egress;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
