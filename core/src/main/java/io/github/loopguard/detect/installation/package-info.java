/**
 * What concerns the installation of BlockHound, Loopguard's own or a user's: when it
 * begins and ends, what its marks are and who is told. Internal: not for use outside of
 * this module.
 */
@NullMarked
package io.github.loopguard.detect.installation;

import org.jspecify.annotations.NullMarked;
