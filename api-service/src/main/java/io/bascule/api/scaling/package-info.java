/**
 * What the platform scales on, how many pods that makes of what it sees of itself, and what it comes to under a load. Reads no
 * cluster: who scales is the cluster's business.
 */
@NullMarked
package io.bascule.api.scaling;

import org.jspecify.annotations.NullMarked;
