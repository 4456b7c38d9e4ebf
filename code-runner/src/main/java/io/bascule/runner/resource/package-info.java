/**
 * Connections of jobs to resources behind agents. A runner has no way to a resource and no right to one: whoever called it
 * opens the way and carries the bytes, one call for each connection. What is not carried ends; nothing outlives its job.
 */
@NullMarked
@ApplicationModule(allowedDependencies = {})
package io.bascule.runner.resource;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
