/* SPDX-License-Identifier: Apache-2.0
 * attach_move - an attachment from the place where its bytes lie to another one, while people read it.
 */
#ifndef APP_ATTACH_MOVE_H
#define APP_ATTACH_MOVE_H

#include "app/attach.h"

/*
 * c->db writes, outside of a transaction; temporary files are made in tmp_dir and removed. The bytes are proved before, and
 * what is put in the new place has its row in loose_file until the attachment names it: killed anywhere, the attachment is
 * in one place, and the other is cleaned up. RC_FAILED: its bytes are lost or were changed; RC_UNAVAILABLE: a store is away.
 */
CHECKED enum rc attach_move(struct ctx *c, struct attachment_id id, enum file_place to, const char *tmp_dir);

#endif
