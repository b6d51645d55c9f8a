package com.acme.shop;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.core.task.TaskDecorator;

import com.example.fuzz.Code;
import com.example.fuzz.Frames;
import com.example.fuzz.Task;

/**
 * Stands between a part and its caller: proxies ask for what they lead to, but who only
 * runs a task that it was handed does not ask for what that does.
 */
final class Decorators {

	private Decorators() {
	}

	@Frames(value = "Handler#invoke", depth = 14)
	static Code jdkProxy(Code code) {
		return (Code) Proxy.newProxyInstance(Decorators.class.getClassLoader(), new Class<?>[] { Code.class },
				new Handler(code));
	}

	@Frames(value = { "Target#go", "#" }, depth = 24)
	static Code classProxy(Code code) {
		ProxyFactory factory = new ProxyFactory(new Target(code));
		factory.setProxyTargetClass(true);
		factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
		return (Code) factory.getProxy(Decorators.class.getClassLoader());
	}

	@Frames(depth = 24)
	static Code interceptor(Code code) {
		ProxyFactory factory = new ProxyFactory(code);
		factory.setInterfaces(Code.class);
		factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
		return (Code) factory.getProxy(Decorators.class.getClassLoader());
	}

	@Frames({ "~Wrapped#run", "#" })
	static Code wrappedRunnable(Code code) {
		return () -> new Wrapped(new Task(code)).run();
	}

	@Frames({ "~WrappedCallable#call", "#" })
	static Code wrappedCallable(Code code) {
		return () -> {
			try {
				new WrappedCallable<>(new Task(code)).call();
			}
			catch (Exception ex) {
				Sneaky.<RuntimeException>rethrow(ex);
			}
		};
	}

	@Frames({ "~#run", "#" })
	static Code taskParameter(Code code) {
		return () -> run(new Task(code));
	}

	@Frames({ "~#", "#" })
	static Code taskDecorator(Code code) {
		TaskDecorator decorator = (task) -> () -> task.run();
		return () -> decorator.decorate(new Task(code)).run();
	}

	@Frames({ "~!Direct#execute", "#" })
	static Code executor(Code code) {
		return () -> new Direct().execute(new Task(code));
	}

	private static void run(Runnable task) {
		task.run();
	}

	private record Wrapped(Runnable delegate) implements Runnable {

		@Override
		public void run() {
			this.delegate.run();
		}

	}

	private record WrappedCallable<T>(Callable<T> delegate) implements Callable<T> {

		@Override
		public T call() throws Exception {
			return this.delegate.call();
		}

	}

	private record Direct() implements Executor {

		@Override
		public void execute(Runnable command) {
			command.run();
		}

	}

	private record Handler(Code code) implements InvocationHandler {

		@Override
		public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
			try {
				return method.invoke(this.code, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

	}

	/**
	 * Not final, so that it can have a proxy.
	 */
	static class Target implements Code {

		private final Code code;

		Target(Code code) {
			this.code = code;
		}

		@Override
		public void go() {
			this.code.go();
		}

	}

}
