/**
 * What is deployed where there is no Kubernetes: the files under {@code deploy/aws}, {@code deploy/azure} and
 * {@code deploy/google}, written from {@code deploy/scaling.yaml} and the chart, whose environment, secrets and sizes they take
 * over. A number that is in one of them is in no second place.
 */
@NullMarked
package io.bascule.deploy.clouds;

import org.jspecify.annotations.NullMarked;
