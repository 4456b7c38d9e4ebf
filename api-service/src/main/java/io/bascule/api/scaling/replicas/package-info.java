/**
 * How many pods live and how many there should be: a step every 15 seconds, by the pod that publishes the platform's gauges, of an
 * autoscaler with the deployed policies that sees what the platform sees of itself. It moves no pod. Invariants: steps follow one
 * another with one memory, whichever pod takes them; what is not seen is not made up.
 */
@NullMarked
package io.bascule.api.scaling.replicas;

import org.jspecify.annotations.NullMarked;
