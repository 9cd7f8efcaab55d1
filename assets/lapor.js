/* SPDX-License-Identifier: Apache-2.0
 * The optional script: every page works without it. */
