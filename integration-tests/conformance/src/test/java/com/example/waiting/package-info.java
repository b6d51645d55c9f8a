/**
 * Lists the public methods of the JDK that can wait, from its class files, and holds that
 * each of them is found or left out for a reason.
 */
@org.jspecify.annotations.NullMarked
package com.example.waiting;
