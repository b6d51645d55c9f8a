@NullMarked
package org.acme.library;

import org.jspecify.annotations.NullMarked;
