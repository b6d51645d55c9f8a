package com.example.shop.operation;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers where Reactor itself refused to wait on one of its threads, which it does after
 * Loopguard has seen the attempt.
 */
@RestControllerAdvice
class RefusedToBlock {

	@ExceptionHandler
	@ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
	String refused(IllegalStateException ex) {
		return String.valueOf(ex.getMessage());
	}

}
