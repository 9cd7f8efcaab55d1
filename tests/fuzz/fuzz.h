/* SPDX-License-Identifier: Apache-2.0
 * fuzz - what a fuzz target is: one function that takes any bytes and aborts when a promise is broken.
 *
 * The name is libFuzzer's: with clang's -fsanitize=fuzzer a target is explored, with replay.c it is
 * replayed over its corpus and over repeatable mutations of it, which is what tests/fuzz/run.sh does.
 */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

#endif
