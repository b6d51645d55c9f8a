package com.example.launcher;

import com.example.start.StartApplication;
import org.mockito.Mockito;

/**
 * Lets Mockito transform classes before the application starts.
 */
public final class MocksFirst {

	private MocksFirst() {
	}

	public static void main(String[] args) {
		Final mock = Mockito.mock(Final.class);
		Mockito.when(mock.answer()).thenReturn(42);
		System.out.println("The mock answers " + mock.answer());
		StartApplication.main(args);
	}

	static final class Final {

		int answer() {
			return 0;
		}

	}

}
