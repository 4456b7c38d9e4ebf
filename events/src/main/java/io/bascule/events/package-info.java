/** Events as other systems see them: CloudEvents 1.0 on Kafka, in binary content mode. Nothing here but the JDK. */
@NullMarked
package io.bascule.events;

import org.jspecify.annotations.NullMarked;
