/** Not Flotilla's, and unknown to it. */
@NullMarked
package org.example.outside;

import org.jspecify.annotations.NullMarked;
