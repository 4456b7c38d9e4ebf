/**
 * The Kustomize files under {@code deploy/kustomize}: what the chart renders, as a base and overlays that change it. What an
 * overlay comes to is what Helm makes of the same values.
 */
@NullMarked
package io.bascule.deploy.kustomize;

import org.jspecify.annotations.NullMarked;
