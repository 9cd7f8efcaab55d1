/* SPDX-License-Identifier: Apache-2.0
 * refusal - why the system says no; the words are in the message catalogues.
 */
#ifndef CORE_REFUSAL_H
#define CORE_REFUSAL_H

enum refusal {
#define REFUSAL(name) REFUSE_##name,
#include "core/refusal.def"
#undef REFUSAL
};

#endif
