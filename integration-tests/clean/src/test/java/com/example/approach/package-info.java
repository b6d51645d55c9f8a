/**
 * Ways to do without a call that blocks: the code of docs/five-approaches.md.
 */
package com.example.approach;
