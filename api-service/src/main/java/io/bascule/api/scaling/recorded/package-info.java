/** Loads that a Prometheus has recorded, to be replayed by the simulator. People choose the component and the time. */
@NullMarked
package io.bascule.api.scaling.recorded;

import org.jspecify.annotations.NullMarked;
