// Opens the print window for a file, at once and again on request.
document.getElementById("print").addEventListener("click", () => window.print());
window.print();
