/** Black box: knows the platform only by its processes, its command line, its REST API and its metrics. */
@NullMarked
package io.bascule.system;

import org.jspecify.annotations.NullMarked;
