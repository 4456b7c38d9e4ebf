/** Health paths: /health/live, /health/ready and /health/startup. The outage of a shared store is told in the body and a metric, and never makes a pod unready. */
@NullMarked
package io.bascule.service.health;

import org.jspecify.annotations.NullMarked;
