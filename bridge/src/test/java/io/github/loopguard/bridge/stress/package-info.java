/**
 * The bridge under random operations, cancellations, timeouts and shutdowns from several
 * threads. {@code BridgeStressTests} runs it for a minute, or longer:
 * {@code mvn -pl bridge -Dtest=BridgeStressTests -Dloopguard.stress.seconds=600 test}.
 */
package io.github.loopguard.bridge.stress;
