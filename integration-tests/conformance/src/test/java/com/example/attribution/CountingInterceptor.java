package com.example.attribution;

import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;

/**
 * Stands on the stack of every call of a proxied bean and blocks nobody.
 */
class CountingInterceptor implements MethodInterceptor {

	final AtomicInteger calls = new AtomicInteger();

	@Override
	public Object invoke(MethodInvocation invocation) throws Throwable {
		this.calls.incrementAndGet();
		return invocation.proceed();
	}

}
