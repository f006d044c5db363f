# PowerShell with the cmdlets of DnsServer, as far as the scripts of ocszone
# use them: what is not known is the end.  A script is read into functions that
# are then called.  Loaded by run.pl.
#
# Collections are references to arrays, true and false are 1 and 0, objects are
# references to hashes.
use strict;
use warnings;

package powershell;

my (@tokens, %functions, %script, @scopes);

sub refuse { die "powershell: not known: $_[0]\n" }

# ---- words

sub read_tokens {
    my ($text) = @_;
    for ($text) {
        while (!/\G\z/gc) {
            if (/\G[ \t]+/gc || /\G#[^\n]*/gc) { next }
            if (/\G\n/gc) { push @tokens, "\n"; next }
            if (/\G('[^'\n]*'|"[^"\n]*")/gc
                || /\G(\$script:\w+|\$\w+)/gc
                || /\G(\@\(|\+=|\[TimeSpan\]::FromSeconds\(|\.[A-Z]\w*|-[A-Za-z]\w*)/gc
                || /\G([(){}\[\],;|=+])/gc
                || /\G(\d+|[A-Za-z][\w-]*)/gc) {
                push @tokens, $1;
                next;
            }
            refuse(substr $text, pos($text) // 0, 40);
        }
    }
    push @tokens, "\n", 'end of the script';
}

sub take { return shift @tokens }
sub next_is { return $tokens[0] eq $_[0] }

sub expect {
    my ($wanted) = @_;
    my $token = take();
    refuse("'$token' in front of '@tokens[0 .. 5]', not '$wanted'")
        unless $token eq $wanted;
}

sub skip_lines { take() while next_is("\n") || next_is(';') }

# ---- values

sub list_of {
    my ($value) = @_;
    return !defined $value ? [] : ref $value eq 'ARRAY' ? $value : [$value];
}

sub text_of {
    my ($value) = @_;
    return defined $value ? "$value" : '';
}

sub property_of {
    my ($object, $name) = @_;
    return scalar @{ list_of($object) } if $name eq 'Count';
    return [ split / /, $object ] if $name eq 'Split';
    refuse("property $name of '" . text_of($object) . "'")
        unless ref $object eq 'HASH' && exists $object->{$name};
    return $object->{$name};
}

# A function's variables are its own; it sees those of the script.
sub variable {
    my ($name) = @_;
    return $1 eq 'true' ? 1 : 0 if $name =~ /^\$(true|false)$/;
    return $script{$1} // refuse($name) if $name =~ /^\$script:(\w+)$/;
    $name =~ s/^\$//;
    for my $scope ($scopes[-1], \%script) {
        return $scope->{$name} if exists $scope->{$name};
    }
    refuse("variable $name");
}

sub set_variable {
    my ($name, $value) = @_;
    if ($name =~ /^\$script:(\w+)$/) { $script{$1} = $value }
    else { $scopes[-1]{ substr $name, 1 } = $value }
}

# "text $name $($name.Property)"
sub string_of {
    my ($text) = @_;
    $text =~ s{\$\((\$\w+)\.(\w+)\)|(\$\w+)}{
        text_of(defined $3 ? variable($3) : property_of(variable($1), $2))
    }ge;
    return $text;
}

# ---- expressions: each becomes a function without arguments

my %compare = (
    '-eq' => sub { lc text_of($_[0]) eq lc text_of($_[1]) ? 1 : 0 },
    '-gt' => sub { $_[0] > $_[1] ? 1 : 0 },
    '-lt' => sub { $_[0] < $_[1] ? 1 : 0 },
    '-contains' => sub {
        my ($list, $wanted) = @_;
        return (grep { lc $_ eq lc $wanted } @{ list_of($list) }) ? 1 : 0;
    },
    '-notlike' => sub {
        my ($text, $pattern) = @_;
        $pattern = join '.*', map { quotemeta } split /\*/, $pattern, -1;
        return $text =~ /^$pattern$/i ? 0 : 1;
    },
);

sub read_primary {
    my $token = take();
    my $value;
    if ($token =~ /^'(.*)'$/) { my $text = $1; $value = sub { $text } }
    elsif ($token =~ /^"(.*)"$/) { my $text = $1; $value = sub { string_of($text) } }
    elsif ($token =~ /^\d+$/) { $value = sub { $token } }
    elsif ($token =~ /^\$/) { $value = sub { variable($token) } }
    elsif ($token eq '(') { $value = read_pipe(); expect(')') }
    elsif ($token eq '[TimeSpan]::FromSeconds(') {
        my $seconds = read_pipe();
        expect(')');
        $value = sub { { TotalSeconds => $seconds->() } };
    }
    elsif ($token eq '@(') { $value = read_list() }
    else { refuse($token) }
    while ($tokens[0] =~ /^\.([A-Z]\w*)$/ || next_is('[')) {
        my $object = $value;
        if (take() eq '[') {
            my $index = read_sum();
            expect(']');
            $value = sub { $object->()->[ $index->() ] };
            next;
        }
        my $name = $1;
        if ($name eq 'Split') { expect($_) for '(', "' '", ')' }
        $value = sub { property_of($object->(), $name) };
    }
    return $value;
}

# @(), @(a, b) or what a command gives.
sub read_list {
    if (next_is(')')) { take(); return sub { [] } }
    my @items = (read_pipe());
    while (next_is(',')) { take(); push @items, read_pipe() }
    expect(')');
    return sub { list_of($items[0]->()) } if @items == 1;
    return sub { [ map { $_->() } @items ] };
}

sub read_sum {
    my $value = read_primary();
    while (next_is('+')) {
        take();
        my ($one, $other) = ($value, read_primary());
        $value = sub { $one->() + $other->() };
    }
    return $value;
}

sub read_comparison {
    if (next_is('-not')) {
        take();
        my $value = read_primary();
        return sub { $value->() ? 0 : 1 };
    }
    my $value = read_sum();
    if (my $operator = $compare{ $tokens[0] }) {
        take();
        my ($one, $other) = ($value, read_sum());
        return sub { $operator->($one->(), $other->()) };
    }
    return $value;
}

sub read_condition {
    my $value = read_comparison();
    while (next_is('-and')) {
        take();
        my ($one, $other) = ($value, read_comparison());
        $value = sub { $one->() && $other->() ? 1 : 0 };
    }
    return $value;
}

# NAME argument... -Parameter argument -Switch
sub read_command {
    my $name = take();
    my (@arguments, %parameters);
    until ($tokens[0] =~ /^[\n;|)}]$/) {
        if ($tokens[0] =~ /^-(\w+)$/) {
            my $parameter = $1;
            take();
            $parameters{$parameter} =
                $tokens[0] =~ /^[\n;|)}]$|^-/ ? sub { 1 }
              : $tokens[0] =~ /^[A-Z]\w*$/ ? do { my $word = take(); sub { $word } }
              : read_primary();
        } else {
            push @arguments, read_primary();
        }
    }
    return sub {
        call($name, [ map { $_->() } @arguments ],
            { map { $_ => $parameters{$_}->() } keys %parameters });
    };
}

sub read_pipe {
    my $value = $tokens[0] =~ /^[A-Z][a-z]+-\w+$/ ? read_command() : read_condition();
    return $value unless next_is('|');
    expect($_) for '|', 'Where-Object', '{';
    my $condition = read_condition();
    expect('}');
    return sub {
        return [ grep { local $scopes[-1]{_} = $_; $condition->() } @{ list_of($value->()) } ];
    };
}

# ---- statements: each becomes a function; "return" leaves by die

sub read_block {
    my @statements;
    expect('{');
    for (skip_lines(); !next_is('}'); skip_lines()) {
        push @statements, read_statement();
    }
    take();
    return sub { $_->() for @statements };
}

sub read_group {
    expect('(');
    my $value = read_condition();
    expect(')');
    return $value;
}

sub read_switch {
    my ($value, %cases) = (read_group());
    expect('{');
    for (skip_lines(); !next_is('}'); skip_lines()) {
        my ($case) = take() =~ /^'(\w+)'$/ or refuse('a case of switch');
        $cases{ lc $case } = read_block();
    }
    take();
    return sub {
        my $block = $cases{ lc $value->() } or return;
        $block->();
    };
}

sub read_foreach {
    expect('(');
    my $name = take();
    expect('in');
    my $values = read_pipe();
    expect(')');
    my $block = read_block();
    return sub {
        for my $value (@{ list_of($values->()) }) {
            set_variable($name, $value);
            $block->();
        }
    };
}

sub read_for {
    expect('(');
    my $start = read_statement();
    expect(';');
    my $condition = read_condition();
    expect(';');
    my $step = read_statement();
    expect(')');
    my $block = read_block();
    return sub {
        for ($start->(); $condition->(); $step->()) { $block->() }
    };
}

# Only what the server says can be caught here.
sub read_try {
    my $block = read_block();
    skip_lines();
    expect('catch');
    my $catch = read_block();
    return sub {
        return if eval { $block->(); 1 };
        my $error = $@;
        die $error unless ref $error eq 'HASH' && $error->{FullyQualifiedErrorId};
        local $scopes[-1]{_} = $error;
        $catch->();
    };
}

sub read_throw {
    return sub { die $scopes[-1]{_} } if $tokens[0] =~ /^[\n}]$/;
    my $text = read_primary();
    return sub { die { throw => $text->() } };
}

sub read_return {
    return sub { die { return => undef } } if $tokens[0] =~ /^[\n}]$/;
    my $value = read_pipe();
    return sub { die { return => $value->() } };
}

sub read_function {
    my $name = take();
    my @parameters;
    expect('(');
    while ((my $token = take()) ne ')') {
        push @parameters, substr $token, 1 if $token ne ',';
    }
    $functions{$name} = { parameters => \@parameters, block => read_block() };
    return sub { };
}

sub read_assignment {
    my ($name, $operator) = (take(), take());
    my $value = read_pipe();
    return sub { set_variable($name, $value->()) } if $operator eq '=';
    refuse("$name $operator") unless $operator eq '+=';
    return sub { set_variable($name, variable($name) + $value->()) };
}

sub read_if {
    my ($condition, $block) = (read_group_or_pipe(), read_block());
    return sub { $block->() if $condition->() };
}

sub read_group_or_pipe {
    expect('(');
    my $value = read_pipe();
    expect(')');
    return $value;
}

my %statements = (
    function => \&read_function,
    if => \&read_if,
    foreach => \&read_foreach,
    for => \&read_for,
    switch => \&read_switch,
    try => \&read_try,
    throw => \&read_throw,
    return => \&read_return,
    exit => sub { my $status = take(); sub { die { exit => $status } } },
);

sub read_statement {
    if (my $read = $statements{ $tokens[0] }) {
        take();
        return $read->();
    }
    return read_assignment() if $tokens[0] =~ /^\$/;
    return read_command() if $tokens[0] =~ /^[A-Z][a-z]+-\w+$/;
    refuse("$tokens[0] $tokens[1] $tokens[2]");
}

# ---- calls

sub fail {
    my ($status, $name) = @_;
    die { FullyQualifiedErrorId => "WIN32 $status,$name" } if $status;
}

sub object_of {
    my ($record) = @_;
    my %data;
    if ($record->{type} eq 'A') { %data = (IPv4Address => $record->{data}) }
    if ($record->{type} eq 'CNAME') { %data = (HostNameAlias => $record->{data}) }
    if ($record->{type} eq 'TXT') { %data = (DescriptiveText => $record->{data}) }
    if ($record->{type} eq 'SRV') {
        @data{qw(Priority Weight Port DomainName)} = split ' ', $record->{data};
    }
    return {
        HostName => $record->{owner},
        RecordType => $record->{type},
        TimeToLive => { TotalSeconds => $record->{ttl} },
        RecordData => \%data,
        record => $record,
    };
}

# What each cmdlet takes; -ErrorAction Stop goes with all, as it makes faults
# what try catches.
my %cmdlets = (
    'Get-DnsServerZone' => [ '', sub {
        return [ map { { ZoneName => $_ } } server::zone_names() ];
    } ],
    'Get-DnsServerResourceRecord' => [ 'Name Node RRType ZoneName', sub {
        my ($with) = @_;
        my ($status, @found) = server::find($with->{ZoneName},
            $with->{Name} // '@', $with->{Node}, $with->{RRType});
        fail($status, 'Get-DnsServerResourceRecord');
        return [ map { object_of($_) } @found ];
    } ],
    'Add-DnsServerPrimaryZone' => [ 'Name ReplicationScope', sub {
        my ($with) = @_;
        refuse('a scope') unless $with->{ReplicationScope} eq 'Domain';
        fail(server::add_zone($with->{Name}), 'Add-DnsServerPrimaryZone');
    } ],
    'Remove-DnsServerZone' => [ 'Force Name', sub {
        fail(server::delete_zone($_[0]{Name}), 'Remove-DnsServerZone');
    } ],
    'Add-DnsServerResourceRecord' => [
        'A CName DescriptiveText DomainName HostNameAlias IPv4Address Name Port Priority Srv TimeToLive Txt Weight ZoneName',
        \&add_resource_record ],
    'Remove-DnsServerResourceRecord' => [ 'Force InputObject ZoneName', sub {
        my ($with) = @_;
        my $record = $with->{InputObject}{record};
        fail(server::delete_records($with->{ZoneName},
                @{$record}{qw(owner type data)}), 'Remove-DnsServerResourceRecord');
    } ],
);

sub add_resource_record {
    my ($with) = @_;
    my %data_of = (
        A => [ 'A', 'IPv4Address' ],
        CName => [ 'CNAME', 'HostNameAlias' ],
        Srv => [ 'SRV', qw(Priority Weight Port DomainName) ],
        Txt => [ 'TXT', 'DescriptiveText' ],
    );
    my ($kind, $more) = grep { $with->{$_} } sort keys %data_of;
    refuse('a record of no type, or of two') if !$kind || $more;
    my ($type, @parts) = @{ $data_of{$kind} };
    my $time = $with->{TimeToLive} ? $with->{TimeToLive}{TotalSeconds} : 3600;
    fail(server::add_record($with->{ZoneName}, $with->{Name}, $time, $type,
            join ' ', map { $with->{$_} // refuse("no $_") } @parts),
        'Add-DnsServerResourceRecord');
}

sub call_cmdlet {
    my ($name, $with) = @_;
    my ($known, $run) = @{ $cmdlets{$name} };
    refuse("$name without -ErrorAction Stop")
        unless (delete $with->{ErrorAction} // '') eq 'Stop';
    for my $parameter (keys %$with) {
        refuse("$name -$parameter") unless " $known " =~ / $parameter /;
    }
    return $run->($with);
}

sub call {
    my ($name, $arguments, $parameters) = @_;
    return call_cmdlet($name, $parameters) if $cmdlets{$name} && !@$arguments;
    refuse("$name with parameters") if %$parameters;
    if ($name eq 'Write-Output') {
        print STDERR "@$arguments\n";
        return;
    }
    my $function = $functions{$name} or refuse($name);
    my @rest = @$arguments;
    my %scope = map { $_ => shift @rest } @{ $function->{parameters} };
    $scope{args} = \@rest;
    push @scopes, \%scope;
    my $done = eval { $function->{block}->(); 1 };
    my $error = $@;
    pop @scopes;
    return if $done;
    die $error unless ref $error eq 'HASH' && exists $error->{return};
    return $error->{return};
}

# The exit status, as `powershell -File` has it.
sub run {
    my ($text) = @_;
    die "powershell: a line does not end with CR LF\n" if $text =~ /(?<!\r)\n/;
    die "powershell: not all is ASCII\n" if $text =~ /[^\x00-\x7f]/;
    $text =~ tr/\r//d;
    read_tokens($text);
    my @statements;
    for (skip_lines(); !next_is('end of the script'); skip_lines()) {
        push @statements, read_statement();
    }
    push @scopes, \%script;
    return 0 if eval { $_->() for @statements; 1 };
    my $error = $@;
    die $error unless ref $error eq 'HASH';
    return $error->{exit} if exists $error->{exit};
    print STDERR $error->{throw} // $error->{FullyQualifiedErrorId}, "\n";
    return 1;
}

1;
