# cmd.exe with dnscmd and findstr, as far as the scripts of ocszone use them.
# A line that is not known is the end: nothing is passed over.  Loaded by
# run.pl.
use strict;
use warnings;

package cmd;

my (@lines, %labels, %variables, $errorlevel, @frames, $ended);

sub refuse { die "cmd: line not known: $_[0]\n" }

# ---- dnscmd: (status, output)

# As dnscmd shows records: the owner once, and tabs here and there.
sub show {
    my ($name, @records) = @_;
    my $text = '';
    for my $record (@records) {
        my $data = $record->{data};
        $data =~ s/ (\S+)$/\t$1/ if $record->{type} eq 'SRV';
        my $aging = $record->{aging} ? "$record->{aging} " : '';
        $text .= ($name // "\t\t") . " $aging$record->{ttl} $record->{type}\t$data\n";
        $name = undef;
    }
    return $text;
}

sub print_zone {
    my ($zone) = @_;
    my (undef, @records) = server::find($zone, '@', 0);
    my %nodes;
    push @{ $nodes{ $_->{owner} } }, $_ for @records;
    return ";\n;  Zone:    $zone\n;\n"
        . join('', map { show($_, @{ $nodes{$_} }) } sort keys %nodes)
        . ";\n;  Finished zone\n;\n\n";
}

sub dnscmd {
    my ($server, $verb, @words) = @_;
    my $called = join ' ', 'dnscmd', @_;
    refuse($called) unless $server eq '.';
    return 0, "Query result:\n" if $verb eq '/info' && !@words;
    my $zone = shift @words;
    my ($status, @found, $text) = (0);
    if ($verb eq '/zoneinfo' && !@words) {
        $status = server::has_zone($zone) ? 0 : 9601;
    } elsif ($verb eq '/zoneadd' && "@words" eq '/dsprimary') {
        $status = server::add_zone($zone);
    } elsif ($verb eq '/zonedelete' && "@words" eq '/dsdel /f') {
        $status = server::delete_zone($zone);
    } elsif ($verb eq '/zoneprint' && !@words) {
        $status = server::has_zone($zone) ? 0 : 9601;
        $text = print_zone($zone) if $status == 0;
    } elsif ($verb eq '/enumrecords' && @words == 1) {
        ($status, @found) = server::find($zone, $words[0], 0);
    } elsif ($verb eq '/enumrecords' && "@words" =~ m{^(\S+) /node /type (\w+)$}) {
        ($status, @found) = server::find($zone, $1, 1, $2);
    } elsif ($verb eq '/recordadd' && "@words" =~ /^(\S+) (?:(\d+) )?(A|CNAME|SRV|TXT) (.+)$/) {
        $status = server::add_record($zone, $1, $2 // 3600, $3, $4);
    } elsif ($verb eq '/recorddelete' && "@words" =~ m{^(\S+) (A|CNAME|SRV)(?: (.+))? /f$}) {
        $status = server::delete_records($zone, $1, $2, $3);
    } else {
        refuse($called);
    }
    return $status, "Command failed: $status\n\n" if $status;
    $text //= "Returned records:\n" . show('@', @found);
    return 0, "$text\nCommand completed successfully.\n";
}

# ---- findstr

sub findstr {
    my ($input, @words) = @_;
    my (%flag, @patterns);
    for (@words) {
        if (m{^/c:(.+)$}) { push @patterns, $1 }
        elsif (m{^/([vrb])$}) { $flag{$1} = 1 }
        else { refuse("findstr $_") }
    }
    @patterns = map { $flag{r} ? $_ : quotemeta } @patterns;
    @patterns = map { "^(?:$_)" } @patterns if $flag{b};
    my @found = grep {
        my $line = $_;
        my $hit = grep { $line =~ /$_/ } @patterns;
        $flag{v} ? !$hit : $hit
    } split /\n/, $input;
    return @found ? 0 : 1;
}

# ---- commands

# Words, where quotes hold one together; redirections are taken off.
sub words {
    my ($line) = @_;
    $line =~ s/ (?:2>nul|>nul 2>&1|>nul)//g;
    my @words;
    while ($line =~ /\G\s*((?:[^\s"]|"[^"]*")+)/g) {
        (my $word = $1) =~ tr/"//d;
        refuse($line) if $word =~ /[|&<>^%]/ && $word !~ m{^/c:};
        push @words, $word;
    }
    return @words;
}

sub run_pipe {
    my ($line) = @_;
    my ($left, $right, $more) = split / \| /, $line;
    refuse($line) if defined $more;
    my ($name, @words) = words($left);
    refuse($line) unless $name eq 'dnscmd';
    ($errorlevel, my $text) = dnscmd(@words);
    if (defined $right) {
        ($name, @words) = words($right);
        refuse($line) unless $name eq 'findstr';
        $errorlevel = findstr($text, @words);
    }
    return $text;
}

# Variables are put in before anything else is looked at.
sub expand {
    my ($line) = @_;
    my $frame = $frames[-1];
    $line =~ s{%(%|\d|(\w+)%)}{
        $1 eq '%'              ? '%'
      : !defined $2            ? $frame->{arguments}[$1 - 1] // ''
      : $2 eq 'errorlevel'     ? $errorlevel
      : exists $variables{$2}  ? $variables{$2}
      :                          refuse($line)
    }ge;
    return $line;
}

sub go_to {
    my ($label) = @_;
    exists $labels{$label} or refuse("goto $label");
    $frames[-1]{at} = $labels{$label};
}

sub leave {
    my ($status) = @_;
    $errorlevel = $status;
    pop @frames;
    $ended = 1 unless @frames;
}

sub run_command {
    my ($line) = @_;
    if ($line =~ /^if (not )?(\S+?)==(\S+) (.+)$/s
        || $line =~ /^if (not )?("[^"]*")==("[^"]*") (.+)$/s) {
        my ($not, $one, $other, $then) = ($1, $2, $3, $4);
        run_command($then) if ($one eq $other) xor $not;
    } elsif ($line =~ /^if \/i ("[^"]*")==("[^"]*") (.+)$/) {
        my ($one, $other, $then) = ($1, $2, $3);
        run_command($then) if lc $one eq lc $other;
    } elsif ($line =~ /^set "(\w+)=([^"]*)"$/) {
        $variables{$1} = $2;
    } elsif ($line =~ /^set \/a (\w+)\+=1 >nul$/) {
        $variables{$1}++;
    } elsif ($line =~ /^goto (\w+)$/) {
        go_to($1);
    } elsif ($line =~ /^exit \/b (\d+)$/) {
        leave($1);
    } elsif ($line =~ /^shift \/2$/) {
        splice @{ $frames[-1]{arguments} }, 1, 1;
    } elsif ($line =~ /^call :(\w+) ([\w.\@ -]+)$/) {
        push @frames, { arguments => [ split ' ', $2 ], at => 0 };
        go_to($1);
    } elsif ($line =~ /^echo ([^|&<>^%]+?)( 1>&2)?$/) {
        print STDERR "$1\n";
    } elsif ($line =~ /^dnscmd /) {
        run_pipe($line);
    } else {
        refuse($line);
    }
}

# for /f: the lines that a command shows, in words, for the lines of a block.
sub run_for {
    my ($line) = @_;
    my ($most, $command) =
        $line =~ /^for \/f "tokens=1-(\d)" %a in \('(.+)'\) do \($/
        or refuse($line);
    $command =~ s/\^>/>/ or refuse($line);
    my @block;
    while ((my $body = $lines[ $frames[-1]{at}++ ]) ne ')') {
        push @block, expand($body =~ s/^ +//r);
    }
    for my $shown (split /\n/, run_pipe($command)) {
        my @tokens = split ' ', $shown, $most + 1;
        next if $shown =~ /^;/ || !@tokens;
        for (@block) {
            (my $body = $_) =~
                s/%([a-h])/my $n = ord($1) - ord('a'); $n < $most ? $tokens[$n] \/\/ '' : refuse($shown)/ge;
            run_command($body);
        }
    }
}

# The exit status.
sub run {
    my ($text) = @_;
    @lines = map { s/\r$// ? $_ : die "cmd: a line does not end with CR LF: $_\n" }
        split /\n/, $text;
    for my $i (0 .. $#lines) {
        next unless $lines[$i] =~ /^:(\w+)$/;
        die "cmd: label $1 is there twice\n" if exists $labels{$1};
        $labels{$1} = $i + 1;
    }
    ($errorlevel, @frames) = (0, { arguments => [], at => 0 });
    until ($ended) {
        my $raw = $lines[ $frames[-1]{at}++ ] // die "cmd: ran off the end\n";
        next if $raw =~ /^(?::\w+|@?rem(?: .*)?|\@echo off|)$/
            || $raw eq 'setlocal EnableExtensions DisableDelayedExpansion';
        my $line = expand($raw);
        if ($line =~ /^for /) { run_for($line) } else { run_command($line) }
    }
    return $errorlevel;
}

1;
