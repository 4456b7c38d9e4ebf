/** What the platform scales on, and what that comes to under a load. Reads no cluster: who scales is the cluster's business. */
@NullMarked
package io.bascule.api.scaling;

import org.jspecify.annotations.NullMarked;
