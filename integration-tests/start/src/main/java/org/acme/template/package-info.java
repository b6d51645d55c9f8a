/**
 * A library, packaged as the application's own classes are.
 */
package org.acme.template;
