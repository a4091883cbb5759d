// Whether the program is ready, as its container is asked. A file: podman takes a command with blanks in it apart.
fetch('http://127.0.0.1:3000/readyz').then(
	(answer) => process.exit(answer.ok ? 0 : 1),
	() => process.exit(1),
);
