/** Who makes a request and what their role lets them do. Resolved by the identity feature, used by all others. */
@NullMarked
package io.bascule.api.caller;

import org.jspecify.annotations.NullMarked;
