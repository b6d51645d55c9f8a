@file:JvmName("LaneCoroutines")

package io.github.loopguard.bridge.kotlin

import io.github.loopguard.bridge.Lane
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactive.asFlow
import kotlinx.coroutines.reactor.awaitSingleOrNull
import java.util.stream.Stream

/**
 * Runs blocking work in the lane and suspends until its result is there:
 * `lane.await { Files.readString(path) }`.
 *
 * What the work throws is thrown here as it is, and so are the bridge's own errors, such as
 * [LaneFullException][io.github.loopguard.bridge.LaneFullException]. (Where assertions are enabled, kotlinx throws a
 * copy of some errors, with the original as its cause.)
 *
 * Cancelling the coroutine, as `withTimeout` does, takes a waiting call out of the queue. A running call is
 * interrupted or abandoned, as the lane [does on cancel][io.github.loopguard.bridge.OnCancel]; the coroutine does not
 * wait for its end, and its result is lost. So use and close a resource within one `work`, or in a [Lane.session].
 *
 * The work sees what [Lane.call] propagates: values in the coroutine's
 * [ReactorContext][kotlinx.coroutines.reactor.ReactorContext], else thread locals (MDC, trace, …) of the thread that
 * calls.
 *
 * @param work what to run, on a thread that may block
 * @return its result
 * @since 0.1
 */
public suspend fun <T> Lane.await(work: () -> T): T {
	@Suppress("UNCHECKED_CAST") // null only if the work returned null
	return call<Any> { work() }.awaitSingleOrNull() as T
}

/**
 * Returns the elements of a blocking stream as a flow, read in the lane as fast as they are collected:
 * `lane.flow { Files.lines(path) }`. The stream is closed in the lane, also on error and cancel; see [Lane.stream].
 *
 * @param stream opens the stream, for each collector
 * @return its elements
 * @since 0.1
 */
public fun <T : Any> Lane.flow(stream: () -> Stream<out T>): Flow<T> = stream(stream).asFlow()

/**
 * Returns a dispatcher that runs coroutines on the lane's threads. Prefer [await] for a blocking call: it fails with
 * the lane's typed errors and knows the lane's timeouts. A dispatcher is for code that blocks and suspends by turns.
 *
 * - A coroutine occupies a thread from one suspension to the next and waits in the lane's queue each time it goes on.
 *   It is never run in place.
 * - Neither of the lane's timeouts applies, and cancelling interrupts no code (`runInterruptible` does).
 * - MDC, trace and other thread locals last over a suspension only by elements of the coroutine's context, such as
 *   `MDCContext`. Without one, a coroutine sees those of the thread that let it go on.
 * - When the lane is full or closed, kotlinx cancels the coroutine's job by a `CancellationException` whose cause is a
 *   `RejectedExecutionException`, whose cause is the lane's error, and lets the coroutine end on `Dispatchers.IO`.
 *   `withContext` throws the `CancellationException`, also with `NonCancellable`, and its block does not run. `launch`
 *   **ends silently**, because a cancelled child is no failure of its parent. A coroutine that had begun runs its
 *   `finally` blocks on `Dispatchers.IO`; so does, outside the lane's limits, code after a suspension that cannot be
 *   cancelled (`suspendCoroutine`), up to the next one that can.
 * - A lane without a queue (`queue-capacity: 0`) rejects a coroutine that is launched by its last free thread.
 *
 * @return the dispatcher; keep it
 * @since 0.1
 */
public fun Lane.asCoroutineDispatcher(): CoroutineDispatcher = asExecutor().asCoroutineDispatcher()
