# A DNS server of Windows, as far as the scripts of ocszone see it: zones with
# records, and the errors of the server with their numbers.  Loaded by run.pl.
#
# As text, a line for a zone and one for each record in it:
#
#     zone corp.contoso.com
#     corp.contoso.com pool1 3600 A 10.1.0.10
#     corp.contoso.com dc1 [Aging:3570286] 1200 A 10.1.0.4   (registered itself)
use strict;
use warnings;

package server;

our %status = (
    ZONE_DOES_NOT_EXIST => 9601,
    ZONE_ALREADY_EXISTS => 9609,
    RECORD_DOES_NOT_EXIST => 9701,
    NODE_IS_CNAME => 9708,
    CNAME_COLLISION => 9709,
    RECORD_ALREADY_EXISTS => 9711,
    NAME_DOES_NOT_EXIST => 9714,
);
my %zones;     # name to a list of records
my $changes = 0;

sub read_state {
    for (<STDIN>) {
        my ($zone, $owner, @rest) = split;
        if ($zone eq 'zone') {
            $zones{$owner} //= [];
            next;
        }
        my $aging = $rest[0] =~ /^\[/ ? shift @rest : '';
        my ($ttl, $type, @data) = @rest;
        push @{ $zones{$zone} },
            { owner => $owner, aging => $aging, ttl => $ttl, type => $type,
              data => "@data" };
    }
}

sub write_state {
    for my $zone (sort keys %zones) {
        print "zone $zone\n";
        print map { "$_\n" } sort map {
            join ' ', $zone, $_->{owner}, $_->{aging} || (), $_->{ttl},
                $_->{type}, $_->{data}
        } @{ $zones{$zone} };
    }
}

sub changes { return $changes }
sub zone_names { return sort keys %zones }
sub has_zone { return exists $zones{ lc $_[0] } }

# The server writes SOA and NS by itself.
sub add_zone {
    my ($zone) = @_;
    return $status{ZONE_ALREADY_EXISTS} if has_zone($zone);
    $changes++;
    $zones{$zone} = [
        { owner => '@', aging => '', ttl => 3600, type => 'SOA',
          data => 'dc1.ad.example. hostmaster.ad.example. 1 900 600 86400 3600' },
        { owner => '@', aging => '', ttl => 3600, type => 'NS',
          data => 'dc1.ad.example.' },
    ];
    return 0;
}

sub delete_zone {
    my ($zone) = @_;
    return $status{ZONE_DOES_NOT_EXIST} unless has_zone($zone);
    $changes++;
    delete $zones{$zone};
    return 0;
}

# (status, records): of the owner alone, or of the names below it, too; of a
# type, or of all.
sub find {
    my ($zone, $owner, $alone, $type) = @_;
    return $status{ZONE_DOES_NOT_EXIST} unless has_zone($zone);
    my @node = grep {
        lc $_->{owner} eq lc $owner || $owner eq '@' && !$alone
            || $_->{owner} =~ /\.\Q$owner\E$/i
    } @{ $zones{$zone} };
    return $status{NAME_DOES_NOT_EXIST} unless @node;
    @node = grep { lc $_->{owner} eq lc $owner } @node if $alone;
    return 0, grep { !$type || $_->{type} eq uc $type } @node;
}

sub add_record {
    my ($zone, $owner, $ttl, $type, $data) = @_;
    return $status{ZONE_DOES_NOT_EXIST} unless has_zone($zone);
    my (undef, @there) = find($zone, $owner, 1);
    for my $other (@there) {
        return $status{RECORD_ALREADY_EXISTS}
            if $other->{type} eq $type && lc $other->{data} eq lc $data;
        return $status{NODE_IS_CNAME} if $other->{type} eq 'CNAME';
        return $status{CNAME_COLLISION} if $type eq 'CNAME';
    }
    $changes++;
    push @{ $zones{$zone} },
        { owner => $owner, aging => '', ttl => $ttl, type => $type,
          data => $data };
    return 0;
}

# Without data: the whole RRset.
sub delete_records {
    my ($zone, $owner, $type, $data) = @_;
    return $status{ZONE_DOES_NOT_EXIST} unless has_zone($zone);
    my $before = @{ $zones{$zone} };
    $zones{$zone} = [
        grep {
            !(     lc $_->{owner} eq lc $owner
                && $_->{type} eq $type
                && (!defined $data || lc $_->{data} eq lc $data))
        } @{ $zones{$zone} } ];
    return $status{RECORD_DOES_NOT_EXIST} if $before == @{ $zones{$zone} };
    $changes++;
    return 0;
}

1;
