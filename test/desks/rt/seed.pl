# People, a queue and rights for the test desk, through RT's own classes. Whatever exists already is left alone.
use strict;
use warnings;
use RT -init;

sub must {
    my ( $ok, $message ) = @_;
    die "$message\n" unless $ok;
}

# Agents are privileged; customers are not, and so meet RT's self-service pages.
my @people = (
    [ 'erin',  'Erin Agent',     'erin@desk.test',      1 ],
    [ 'frank', 'Frank Agent',    'frank@desk.test',     1 ],
    [ 'alice', 'Alice Customer', 'alice@customer.test', 0 ],
    [ 'bob',   'Bob Customer',   'bob@customer.test',   0 ],
);
for my $person (@people) {
    my ( $name, $real_name, $email, $privileged ) = @$person;
    my $user = RT::User->new( RT->SystemUser );
    $user->Load($name);
    next if $user->id;
    must( $user->Create(
        Name         => $name,
        RealName     => $real_name,
        EmailAddress => $email,
        Password     => 'deskpass1',
        Privileged   => $privileged,
    ) );
}

my $queue = RT::Queue->new( RT->SystemUser );
$queue->Load('Support');
if ( !$queue->id ) {
    must( $queue->Create(
        Name              => 'Support',
        Description       => 'Customer support',
        CorrespondAddress => 'support@desk.test',
        CommentAddress    => 'support-notes@desk.test',
    ) );
}

# Customers open and answer tickets by mail; agents do the work.
my %rights = (
    Everyone   => [qw(CreateTicket ReplyToTicket SeeQueue)],
    Privileged => [
        qw(ShowTicket ShowTicketComments ModifyTicket OwnTicket CommentOnTicket ReplyToTicket CreateTicket Watch)
    ],
);
for my $name ( sort keys %rights ) {
    my $group = RT::Group->new( RT->SystemUser );
    $group->LoadSystemInternalGroup($name);
    for my $right ( @{ $rights{$name} } ) {
        my $entry = RT::ACE->new( RT->SystemUser );
        $entry->LoadByValues(
            RightName     => $right,
            Object        => $queue,
            PrincipalId   => $group->PrincipalId,
            PrincipalType => 'Group',
        );
        next if $entry->id;
        must( $group->PrincipalObj->GrantRight( Right => $right, Object => $queue ) );
    }
}
