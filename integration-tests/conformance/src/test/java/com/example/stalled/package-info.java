/**
 * What holds event loops, with hooks and without.
 */
package com.example.stalled;
