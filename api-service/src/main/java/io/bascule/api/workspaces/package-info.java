/** Workspaces: the boundary of data, quotas and roles. A user sees those they are a member of. */
@NullMarked
package io.bascule.api.workspaces;

import org.jspecify.annotations.NullMarked;
