/**
 * How many pods autoscalers would run: the decisions of Kubernetes' HPA (which KEDA uses, too), and a simulation that
 * replays a load against the policies of {@code deploy/scaling.yaml}. Pure: no clock, no cluster; the same input gives the
 * same course.
 */
@NullMarked
package io.bascule.scaling;

import org.jspecify.annotations.NullMarked;
