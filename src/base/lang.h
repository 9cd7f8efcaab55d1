/* SPDX-License-Identifier: Apache-2.0
 * lang - the languages of the interface. Indonesian first, English complete.
 */
#ifndef BASE_LANG_H
#define BASE_LANG_H

enum lang { LANG_ID, LANG_EN, LANG_COUNT };

#endif
