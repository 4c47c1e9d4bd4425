# People, projects and settings for the test desk, through Redmine's own classes. Whatever exists already is left alone.

# Statuses, trackers, roles and workflows as the first page of the administration offers them.
Redmine::DefaultData::Loader.load('en') if Redmine::DefaultData::Loader.no_data?

Setting.rest_api_enabled = '1'
Setting.login_required = '0'
Setting.host_name = "127.0.0.1:#{ENV.fetch('REDMINE_DESK_PORT')}/redmine"
# Customers answer by mail, which a mail server hands to `/mail_handler`.
Setting.mail_handler_api_enabled = '1'
Setting.mail_handler_api_key = 'desk-mail-key'
# The desk has nobody to send mail to.
Setting.notified_events = []

def person(login, firstname, lastname, mail)
  User.find_by(login: login) || User.new(firstname: firstname, lastname: lastname, mail: mail).tap do |user|
    user.login = login
    user.password = user.password_confirmation = 'deskpass1'
    user.mail_notification = 'none'
    user.save!
  end
end

# Makes and reads issues around the extension.
admin = User.find_by!(login: 'admin')
admin.password = admin.password_confirmation = 'deskadmin1'
admin.must_change_passwd = false
admin.mail_notification = 'none'
admin.save!

agents = [person('erin', 'Erin', 'Agent', 'erin@desk.test'), person('frank', 'Frank', 'Agent', 'frank@desk.test')]
customers = [
  person('alice', 'Alice', 'Customer', 'alice@customer.test'), person('bob', 'Bob', 'Customer', 'bob@customer.test')
]

roles = Role.givable.sorted.to_a
manager = roles.first
reporter = roles.last
# The private project is what a support team has; nobody sees it who is not logged in.
[['support', 'Support', false], ['community', 'Community', true]].each do |identifier, name, is_public|
  project = Project.find_by(identifier: identifier) || Project.create!(
    name: name, identifier: identifier, is_public: is_public, enabled_module_names: %w[issue_tracking], trackers: Tracker.all
  )
  { manager => agents, reporter => customers }.each do |role, people|
    people.each do |user|
      next if Member.exists?(project_id: project.id, user_id: user.id)

      Member.create!(project: project, principal: user, roles: [role])
    end
  end
end

# Keys that the tests know. They belong to this desk alone.
{ 'admin' => 'a', 'erin' => 'e', 'alice' => 'c' }.each do |login, letter|
  user = User.find_by!(login: login)
  Token.where(user_id: user.id, action: 'api').delete_all
  token = Token.new(user: user, action: 'api')
  token.save!
  token.update_column(:value, letter * 40)
end
