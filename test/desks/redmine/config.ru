# Redmine below a path, as many installations have it.
require '/usr/share/redmine/config/environment'

map('/redmine') { run Rails.application }
