package com.example.clean;

import java.math.BigDecimal;
import java.time.LocalDate;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;

/**
 * An order.
 *
 * @param article what is ordered
 * @param amount how much it costs
 * @param due when it is to be delivered
 */
record Order(@NotBlank @Size(max = 40) String article, @NotNull @Positive BigDecimal amount, LocalDate due) {
}
