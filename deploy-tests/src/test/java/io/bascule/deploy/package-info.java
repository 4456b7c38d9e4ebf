/**
 * What is deployed, as a whole: the numbers of {@code deploy/scaling.yaml} are those of the chart, the chart renders
 * objects that Kubernetes knows, and the Compose file runs the same services under the same names.
 */
@NullMarked
package io.bascule.deploy;

import org.jspecify.annotations.NullMarked;
