package dev.pitot.lab.process;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/// Scripts for PowerShell 5 and later, handed over in Base64, so that no shell on the way has
/// anything to quote. Processes are known by pid and creation date, never by the image's name.
final class WindowsScripts {
    private static final String FUNCTIONS = """
            $ErrorActionPreference = 'SilentlyContinue'; $f = Join-Path $env:TEMP '%s'
            function Get-One($i) { Get-CimInstance Win32_Process -Filter "ProcessId=$i" }
            """;
    private static final String START = FUNCTIONS + """
            $env:PITOT_LAB_TAG = '%s'
            try { $p = Start-Process -FilePath %s%s -NoNewWindow -PassThru -ErrorAction Stop; $null = $p.Handle }
            catch { [Console]::Error.WriteLine($_.Exception.Message); exit 127 }
            Set-Content -LiteralPath $f -Value "$($p.Id) $((Get-One $p.Id).CreationDate.Ticks)"
            $p.WaitForExit(); exit $p.ExitCode
            """;
    private static final String END = FUNCTIONS + """
            for ($w = %d; $w -gt 0 -and -not (Test-Path -LiteralPath $f); $w--) { Start-Sleep -Milliseconds 100 }
            if (-not (Test-Path -LiteralPath $f)) { 'none'; exit }
            $n = (Get-Content -LiteralPath $f) -split ' '; $known = @{}
            function Add-Tree($p) { $known[[string]$p.ProcessId] = $p.CreationDate.Ticks
              Get-CimInstance Win32_Process -Filter "ParentProcessId=$($p.ProcessId)" |
              Where-Object { $_.CreationDate -ge $p.CreationDate -and -not $known["$($_.ProcessId)"] } |
              ForEach-Object { Add-Tree $_ } }
            function Get-Left { foreach ($i in @($known.Keys)) { $p = Get-One $i
              if ($p -and $p.CreationDate.Ticks -eq $known[$i]) { $p } } }
            $p = Get-One $n[0]; if ($p -and "$($p.CreationDate.Ticks)" -eq $n[1]) { Add-Tree $p }
            $all = $known.Count; $killed = 0; $r = %d
            if ($all -and $r) { taskkill /T /PID $n[0] 2>&1 | Out-Null }
            while ((Get-Left) -and $r -gt 0) { Start-Sleep -Milliseconds 100; $r-- }
            foreach ($p in @(Get-Left)) { $killed++; taskkill /F /T /PID $p.ProcessId 2>&1 | Out-Null }
            for ($r = 50; (Get-Left) -and $r -gt 0; $r--) { Start-Sleep -Milliseconds 100 }
            $left = @(Get-Left); foreach ($p in $left) { "left $($p.ProcessId) $($p.Name)" }
            if (-not $left) { Remove-Item -LiteralPath $f; "gone $all $killed" }
            """;

    private WindowsScripts() {}

    /// The command that starts a program, notes its process, and exits as it does.
    static List<String> start(String note, String tag, List<String> command) {
        String arguments =
                command.stream().skip(1).map(WindowsScripts::argument).collect(Collectors.joining(" "));
        return words(START.formatted(
                note,
                tag,
                literal(command.getFirst()),
                arguments.isEmpty() ? "" : " -ArgumentList " + literal(arguments)));
    }

    /// The command that ends a noted process and all that it has started, with the answers of
    /// [Scripts#end].
    ///
    /// @param tenths of seconds between asking and forcing
    /// @param noteTenths how long its note may take to come
    static List<String> end(String note, long tenths, long noteTenths) {
        return words(END.formatted(note, noteTenths, tenths));
    }

    private static List<String> words(String script) {
        String encoded = Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
        return List.of("powershell", "-NoProfile", "-NonInteractive", "-EncodedCommand", encoded);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// An argument for the C runtime's rules: backslashes are doubled before a quote only.
    private static String argument(String text) {
        return "\"" + text.replaceAll("(\\\\*)\"", "$1$1\\\\\"").replaceAll("(\\\\+)$", "$1$1") + "\"";
    }
}
