/**
 * What the autoscalers go by, read from the live table and so true at the moment of reading. Platform-wide values are
 * published by one pod at a time, so that their sum and their maximum over all pods are the truth.
 */
@NullMarked
package io.bascule.tasks.gauge;

import org.jspecify.annotations.NullMarked;
