/**
 * The rules that hold the modules apart. They live here because this is the one module that sees all others.
 */
@NullMarked
package io.flotilla.architecture;

import org.jspecify.annotations.NullMarked;
