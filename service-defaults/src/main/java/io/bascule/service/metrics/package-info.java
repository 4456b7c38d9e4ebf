/** Metrics that every service publishes at /prometheus, under the exact names that dashboards and autoscalers use. */
@NullMarked
package io.bascule.service.metrics;

import org.jspecify.annotations.NullMarked;
