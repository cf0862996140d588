#include "CResources.h"

static const unsigned char commands_json[] = {
#embed "../../commands.json"
};
static const unsigned char commands_schema_json[] = {
#embed "../../commands.schema.json"
};
static const unsigned char common_passwords_txt[] = {
#embed "common-passwords.txt"
};
static const unsigned char pages_account_login_html[] = {
#embed "pages/account-login.html"
};
static const unsigned char pages_account_password_html[] = {
#embed "pages/account-password.html"
};
static const unsigned char pages_account_session_html[] = {
#embed "pages/account-session.html"
};
static const unsigned char pages_account_html[] = {
#embed "pages/account.html"
};
static const unsigned char pages_create_password_done_html[] = {
#embed "pages/create-password-done.html"
};
static const unsigned char pages_create_password_html[] = {
#embed "pages/create-password.html"
};
static const unsigned char pages_email_field_html[] = {
#embed "pages/email-field.html"
};
static const unsigned char pages_failure_html[] = {
#embed "pages/failure.html"
};
static const unsigned char pages_home_html[] = {
#embed "pages/home.html"
};
static const unsigned char pages_layout_html[] = {
#embed "pages/layout.html"
};
static const unsigned char pages_mistakes_html[] = {
#embed "pages/mistakes.html"
};
static const unsigned char pages_new_password_fields_html[] = {
#embed "pages/new-password-fields.html"
};
static const unsigned char pages_notice_html[] = {
#embed "pages/notice.html"
};
static const unsigned char pages_old_password_field_html[] = {
#embed "pages/old-password-field.html"
};
static const unsigned char pages_refused_html[] = {
#embed "pages/refused.html"
};
static const unsigned char pages_reset_password_sent_html[] = {
#embed "pages/reset-password-sent.html"
};
static const unsigned char pages_reset_password_html[] = {
#embed "pages/reset-password.html"
};
static const unsigned char pages_reveal_html[] = {
#embed "pages/reveal.html"
};
static const unsigned char pages_texts_de_json[] = {
#embed "pages/texts.de.json"
};
static const unsigned char pages_texts_en_json[] = {
#embed "pages/texts.en.json"
};
static const unsigned char pages_usher_css[] = {
#embed "pages/usher.css"
};
static const unsigned char pages_usher_js[] = {
#embed "pages/usher.js"
};
static const unsigned char mail_account_deleted_de_html[] = {
#embed "mail/account-deleted.de.html"
};
static const unsigned char mail_account_deleted_de_subject_txt[] = {
#embed "mail/account-deleted.de.subject.txt"
};
static const unsigned char mail_account_deleted_de_txt[] = {
#embed "mail/account-deleted.de.txt"
};
static const unsigned char mail_account_deleted_html[] = {
#embed "mail/account-deleted.html"
};
static const unsigned char mail_account_deleted_subject_txt[] = {
#embed "mail/account-deleted.subject.txt"
};
static const unsigned char mail_account_deleted_txt[] = {
#embed "mail/account-deleted.txt"
};
static const unsigned char mail_bottom_html[] = {
#embed "mail/bottom.html"
};
static const unsigned char mail_button_de_html[] = {
#embed "mail/button.de.html"
};
static const unsigned char mail_button_html[] = {
#embed "mail/button.html"
};
static const unsigned char mail_help_de_html[] = {
#embed "mail/help.de.html"
};
static const unsigned char mail_help_de_txt[] = {
#embed "mail/help.de.txt"
};
static const unsigned char mail_help_html[] = {
#embed "mail/help.html"
};
static const unsigned char mail_help_txt[] = {
#embed "mail/help.txt"
};
static const unsigned char mail_lifetime_de_txt[] = {
#embed "mail/lifetime.de.txt"
};
static const unsigned char mail_lifetime_txt[] = {
#embed "mail/lifetime.txt"
};
static const unsigned char mail_password_updated_de_html[] = {
#embed "mail/password-updated.de.html"
};
static const unsigned char mail_password_updated_de_subject_txt[] = {
#embed "mail/password-updated.de.subject.txt"
};
static const unsigned char mail_password_updated_de_txt[] = {
#embed "mail/password-updated.de.txt"
};
static const unsigned char mail_password_updated_html[] = {
#embed "mail/password-updated.html"
};
static const unsigned char mail_password_updated_subject_txt[] = {
#embed "mail/password-updated.subject.txt"
};
static const unsigned char mail_password_updated_txt[] = {
#embed "mail/password-updated.txt"
};
static const unsigned char mail_profile_updated_de_html[] = {
#embed "mail/profile-updated.de.html"
};
static const unsigned char mail_profile_updated_de_subject_txt[] = {
#embed "mail/profile-updated.de.subject.txt"
};
static const unsigned char mail_profile_updated_de_txt[] = {
#embed "mail/profile-updated.de.txt"
};
static const unsigned char mail_profile_updated_html[] = {
#embed "mail/profile-updated.html"
};
static const unsigned char mail_profile_updated_subject_txt[] = {
#embed "mail/profile-updated.subject.txt"
};
static const unsigned char mail_profile_updated_txt[] = {
#embed "mail/profile-updated.txt"
};
static const unsigned char mail_reset_password_de_html[] = {
#embed "mail/reset-password.de.html"
};
static const unsigned char mail_reset_password_de_subject_txt[] = {
#embed "mail/reset-password.de.subject.txt"
};
static const unsigned char mail_reset_password_de_txt[] = {
#embed "mail/reset-password.de.txt"
};
static const unsigned char mail_reset_password_html[] = {
#embed "mail/reset-password.html"
};
static const unsigned char mail_reset_password_subject_txt[] = {
#embed "mail/reset-password.subject.txt"
};
static const unsigned char mail_reset_password_txt[] = {
#embed "mail/reset-password.txt"
};
static const unsigned char mail_session_reused_de_html[] = {
#embed "mail/session-reused.de.html"
};
static const unsigned char mail_session_reused_de_subject_txt[] = {
#embed "mail/session-reused.de.subject.txt"
};
static const unsigned char mail_session_reused_de_txt[] = {
#embed "mail/session-reused.de.txt"
};
static const unsigned char mail_session_reused_html[] = {
#embed "mail/session-reused.html"
};
static const unsigned char mail_session_reused_subject_txt[] = {
#embed "mail/session-reused.subject.txt"
};
static const unsigned char mail_session_reused_txt[] = {
#embed "mail/session-reused.txt"
};
static const unsigned char mail_session_revoked_de_html[] = {
#embed "mail/session-revoked.de.html"
};
static const unsigned char mail_session_revoked_de_subject_txt[] = {
#embed "mail/session-revoked.de.subject.txt"
};
static const unsigned char mail_session_revoked_de_txt[] = {
#embed "mail/session-revoked.de.txt"
};
static const unsigned char mail_session_revoked_html[] = {
#embed "mail/session-revoked.html"
};
static const unsigned char mail_session_revoked_subject_txt[] = {
#embed "mail/session-revoked.subject.txt"
};
static const unsigned char mail_session_revoked_txt[] = {
#embed "mail/session-revoked.txt"
};
static const unsigned char mail_set_password_de_html[] = {
#embed "mail/set-password.de.html"
};
static const unsigned char mail_set_password_de_subject_txt[] = {
#embed "mail/set-password.de.subject.txt"
};
static const unsigned char mail_set_password_de_txt[] = {
#embed "mail/set-password.de.txt"
};
static const unsigned char mail_set_password_html[] = {
#embed "mail/set-password.html"
};
static const unsigned char mail_set_password_subject_txt[] = {
#embed "mail/set-password.subject.txt"
};
static const unsigned char mail_set_password_txt[] = {
#embed "mail/set-password.txt"
};
static const unsigned char mail_time_de_txt[] = {
#embed "mail/time.de.txt"
};
static const unsigned char mail_time_txt[] = {
#embed "mail/time.txt"
};
static const unsigned char mail_top_html[] = {
#embed "mail/top.html"
};

#define RESOURCE(name, bytes) {name, bytes, sizeof bytes}

static const struct usher_resource resources[] = {
    RESOURCE("commands.json", commands_json),
    RESOURCE("commands.schema.json", commands_schema_json),
    RESOURCE("common-passwords.txt", common_passwords_txt),
    RESOURCE("pages/account-login.html", pages_account_login_html),
    RESOURCE("pages/account-password.html", pages_account_password_html),
    RESOURCE("pages/account-session.html", pages_account_session_html),
    RESOURCE("pages/account.html", pages_account_html),
    RESOURCE("pages/create-password-done.html", pages_create_password_done_html),
    RESOURCE("pages/create-password.html", pages_create_password_html),
    RESOURCE("pages/email-field.html", pages_email_field_html),
    RESOURCE("pages/failure.html", pages_failure_html),
    RESOURCE("pages/home.html", pages_home_html),
    RESOURCE("pages/layout.html", pages_layout_html),
    RESOURCE("pages/mistakes.html", pages_mistakes_html),
    RESOURCE("pages/new-password-fields.html", pages_new_password_fields_html),
    RESOURCE("pages/notice.html", pages_notice_html),
    RESOURCE("pages/old-password-field.html", pages_old_password_field_html),
    RESOURCE("pages/refused.html", pages_refused_html),
    RESOURCE("pages/reset-password-sent.html", pages_reset_password_sent_html),
    RESOURCE("pages/reset-password.html", pages_reset_password_html),
    RESOURCE("pages/reveal.html", pages_reveal_html),
    RESOURCE("pages/texts.de.json", pages_texts_de_json),
    RESOURCE("pages/texts.en.json", pages_texts_en_json),
    RESOURCE("pages/usher.css", pages_usher_css),
    RESOURCE("pages/usher.js", pages_usher_js),
    RESOURCE("mail/account-deleted.de.html", mail_account_deleted_de_html),
    RESOURCE("mail/account-deleted.de.subject.txt", mail_account_deleted_de_subject_txt),
    RESOURCE("mail/account-deleted.de.txt", mail_account_deleted_de_txt),
    RESOURCE("mail/account-deleted.html", mail_account_deleted_html),
    RESOURCE("mail/account-deleted.subject.txt", mail_account_deleted_subject_txt),
    RESOURCE("mail/account-deleted.txt", mail_account_deleted_txt),
    RESOURCE("mail/bottom.html", mail_bottom_html),
    RESOURCE("mail/button.de.html", mail_button_de_html),
    RESOURCE("mail/button.html", mail_button_html),
    RESOURCE("mail/help.de.html", mail_help_de_html),
    RESOURCE("mail/help.de.txt", mail_help_de_txt),
    RESOURCE("mail/help.html", mail_help_html),
    RESOURCE("mail/help.txt", mail_help_txt),
    RESOURCE("mail/lifetime.de.txt", mail_lifetime_de_txt),
    RESOURCE("mail/lifetime.txt", mail_lifetime_txt),
    RESOURCE("mail/password-updated.de.html", mail_password_updated_de_html),
    RESOURCE("mail/password-updated.de.subject.txt", mail_password_updated_de_subject_txt),
    RESOURCE("mail/password-updated.de.txt", mail_password_updated_de_txt),
    RESOURCE("mail/password-updated.html", mail_password_updated_html),
    RESOURCE("mail/password-updated.subject.txt", mail_password_updated_subject_txt),
    RESOURCE("mail/password-updated.txt", mail_password_updated_txt),
    RESOURCE("mail/profile-updated.de.html", mail_profile_updated_de_html),
    RESOURCE("mail/profile-updated.de.subject.txt", mail_profile_updated_de_subject_txt),
    RESOURCE("mail/profile-updated.de.txt", mail_profile_updated_de_txt),
    RESOURCE("mail/profile-updated.html", mail_profile_updated_html),
    RESOURCE("mail/profile-updated.subject.txt", mail_profile_updated_subject_txt),
    RESOURCE("mail/profile-updated.txt", mail_profile_updated_txt),
    RESOURCE("mail/reset-password.de.html", mail_reset_password_de_html),
    RESOURCE("mail/reset-password.de.subject.txt", mail_reset_password_de_subject_txt),
    RESOURCE("mail/reset-password.de.txt", mail_reset_password_de_txt),
    RESOURCE("mail/reset-password.html", mail_reset_password_html),
    RESOURCE("mail/reset-password.subject.txt", mail_reset_password_subject_txt),
    RESOURCE("mail/reset-password.txt", mail_reset_password_txt),
    RESOURCE("mail/session-reused.de.html", mail_session_reused_de_html),
    RESOURCE("mail/session-reused.de.subject.txt", mail_session_reused_de_subject_txt),
    RESOURCE("mail/session-reused.de.txt", mail_session_reused_de_txt),
    RESOURCE("mail/session-reused.html", mail_session_reused_html),
    RESOURCE("mail/session-reused.subject.txt", mail_session_reused_subject_txt),
    RESOURCE("mail/session-reused.txt", mail_session_reused_txt),
    RESOURCE("mail/session-revoked.de.html", mail_session_revoked_de_html),
    RESOURCE("mail/session-revoked.de.subject.txt", mail_session_revoked_de_subject_txt),
    RESOURCE("mail/session-revoked.de.txt", mail_session_revoked_de_txt),
    RESOURCE("mail/session-revoked.html", mail_session_revoked_html),
    RESOURCE("mail/session-revoked.subject.txt", mail_session_revoked_subject_txt),
    RESOURCE("mail/session-revoked.txt", mail_session_revoked_txt),
    RESOURCE("mail/set-password.de.html", mail_set_password_de_html),
    RESOURCE("mail/set-password.de.subject.txt", mail_set_password_de_subject_txt),
    RESOURCE("mail/set-password.de.txt", mail_set_password_de_txt),
    RESOURCE("mail/set-password.html", mail_set_password_html),
    RESOURCE("mail/set-password.subject.txt", mail_set_password_subject_txt),
    RESOURCE("mail/set-password.txt", mail_set_password_txt),
    RESOURCE("mail/time.de.txt", mail_time_de_txt),
    RESOURCE("mail/time.txt", mail_time_txt),
    RESOURCE("mail/top.html", mail_top_html),
};

size_t usher_resource_count(void) { return sizeof resources / sizeof resources[0]; }

struct usher_resource usher_resource_at(size_t place) { return resources[place]; }
